package dev.onsale.command.risk;

import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.risk.SimSale.Answer;
import dev.onsale.command.risk.SimSale.Caller;
import java.util.Random;

/**
 * Somebody who wants to see the show. Looks, thinks for some minutes, mostly buys; now and then gives the seats back or just walks
 * away; if there are none, tries again for a while.
 */
final class SimFan {
    private final SimSale sale;
    private final Random random;
    private final Caller caller;
    private final int wants;
    private final int seats;
    private final long patience;

    private SimFan(SimSale sale, Caller caller, int wants, int seats, long patience) {
        this.sale = sale;
        this.random = sale.random;
        this.caller = caller;
        this.wants = wants;
        this.seats = seats;
        this.patience = patience;
    }

    /** One more: most come at the opening; one in twenty shares a device with another, one in fifty comes by a data centre. */
    static void arrive(SimSale sale, int number, int seats, long lengthMillis) {
        Random random = sale.random;
        String device = "fan-device-" + (random.nextInt(20) == 0 ? number / 2 : number + 1_000_000);
        String peer = random.nextInt(50) == 0 ? SimSale.DATA_CENTRE : SimSale.AT_HOME;
        Caller caller = new Caller("fan-" + number, device, "fan" + number + "@example.org", peer, false);
        int dice = random.nextInt(10);
        int wants = dice == 0 ? 1 : dice < 7 ? 2 : dice == 7 ? 3 : 4;
        long comes = random.nextInt(10) < 6
                ? 1_000 + random.nextInt(120_000)
                : (long) (random.nextDouble() * 0.75 * lengthMillis);
        long patience = (long) (-Math.log(1 - random.nextDouble()) * 900_000);
        SimFan fan = new SimFan(sale, caller, wants, seats, comes + patience);
        sale.in(comes, fan::look);
    }

    private void look() {
        look(sale.newRequest(), "");
    }

    private void look(String request, String solution) {
        switch (sale.hold(caller, request, SimSale.best(wants, seats), solution)) {
            case Answer.Held held -> think(held.hold());
            case Answer.None none -> later(15_000 + random.nextInt(75_000));
            case Answer.Wait wait -> later(wait.millis(), () -> look(request, solution));
            case Answer.Challenge challenge -> {
                if (random.nextInt(20) > 0) { // Some give up.
                    sale.in(2_000 + random.nextInt(4_000), () -> look(request, SimSale.solve(challenge.challenge())));
                }
            }
            case Answer.Denied no -> {}
            case Answer.Booked booked -> throw new AssertionError();
        }
    }

    private void later(long millis) {
        later(millis, this::look);
    }

    private void later(long millis, Runnable then) {
        if (sale.now() + millis < patience) {
            sale.in(millis, then);
        }
    }

    private void think(HoldRecord hold) {
        long minutes = 45_000 + (long) (random.nextDouble() * random.nextDouble() * 400_000);
        int dice = random.nextInt(20);
        if (dice < 15) {
            sale.in(minutes, () -> book(hold, ""));
        } else if (dice < 18) {
            sale.in(minutes, () -> {
                sale.release(caller, hold);
                again();
            });
        } else {
            sale.in(SimSale.TTL, this::again);
        }
    }

    private void again() {
        if (random.nextBoolean()) {
            later(5_000 + random.nextInt(55_000));
        }
    }

    private void book(HoldRecord hold, String solution) {
        switch (sale.book(caller, hold, solution)) {
            case Answer.Challenge challenge -> sale.in(3_000, () -> book(hold, SimSale.solve(challenge.challenge())));
            case Answer.Wait wait -> sale.in(wait.millis(), () -> book(hold, solution));
            case Answer.None late -> again();
            case Answer.Booked booked -> {}
            case Answer.Denied no -> {}
            case Answer.Held held -> throw new AssertionError();
        }
    }
}
