package dev.onsale.command.risk;

import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.risk.SimSale.Answer;
import dev.onsale.command.risk.SimSale.Caller;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Accounts that work together. All are there when the sale opens and take as many seats as they may. What they find a buyer for they
 * book; the rest they keep from the sale: just before a hold runs out, another account of the ring takes its seats over. Those with
 * nothing ask every few seconds. They solve every challenge at once, wait as long as they are told to, and give up only what is turned
 * away for good.
 *
 * <p>Some have a device, an e-mail address, a network and a rhythm of their own; of the others half call from homes.
 */
final class SimRing {
    private static final double BUYER_FOUND = 0.25;
    private static final int ACCOUNTS_A_DEVICE = 10;
    private static final long POLL = 10_000;

    private final SimSale sale;
    private final int seats;
    private final Deque<Member> idle = new ArrayDeque<>();

    private SimRing(SimSale sale, int seats) {
        this.sale = sale;
        this.seats = seats;
    }

    /**
     * They are there at once.
     *
     * @param carefulPercent how many of them share nothing with others
     */
    static void arrive(SimSale sale, int accounts, int seats, int carefulPercent) {
        SimRing ring = new SimRing(sale, seats);
        for (int i = 0; i < accounts; i++) {
            boolean careful = sale.random.nextInt(100) < carefulPercent;
            String device = careful ? "ring-own-" + i : "ring-" + i / ACCOUNTS_A_DEVICE;
            String peer = careful || sale.random.nextBoolean() ? SimSale.AT_HOME : SimSale.DATA_CENTRE;
            Member member = ring
            .new Member(
                    new Caller(
                            "ring-" + i,
                            device,
                            (careful ? "ring-own-" + i : "ring" + i / ACCOUNTS_A_DEVICE) + "@example.org",
                            peer,
                            true),
                    careful);
            sale.in(1 + sale.random.nextInt(500), member::poll);
        }
    }

    private final class Member {
        private final Caller caller;
        private final boolean careful;
        private boolean waiting;

        Member(Caller caller, boolean careful) {
            this.caller = caller;
            this.careful = careful;
        }

        private void poll() {
            idle.remove(this);
            take(sale.newRequest(), SimSale.best(SimSale.LIMIT, seats), "");
        }

        private void take(String request, Choice choice, String solution) {
            switch (sale.hold(caller, request, choice, solution)) {
                case Answer.Held held -> keep(held.hold());
                case Answer.None none -> later(careful ? POLL / 2 + sale.random.nextInt((int) POLL) : POLL);
                case Answer.Wait wait -> sale.in(wait.millis() + 1, () -> take(request, choice, solution));
                case Answer.Challenge challenge ->
                    sale.in(200, () -> take(request, choice, SimSale.solve(challenge.challenge())));
                case Answer.Denied no -> {}
                case Answer.Booked booked -> throw new AssertionError();
            }
        }

        private void later(long millis) {
            waiting = true;
            idle.add(this);
            sale.in(millis, () -> {
                if (waiting) {
                    waiting = false;
                    poll();
                }
            });
        }

        private void keep(HoldRecord hold) {
            if (sale.random.nextDouble() < BUYER_FOUND) {
                sale.in(sale.random.nextInt((int) SimSale.TTL - 10_000), () -> book(hold, ""));
            } else {
                sale.in(SimSale.TTL - 1_000, () -> handOver(hold));
            }
        }

        /** Lets go, and another takes the same seats a moment later; if nobody is idle, it does so itself. */
        private void handOver(HoldRecord hold) {
            sale.release(caller, hold);
            Member next = idle.isEmpty() ? this : idle.poll();
            next.waiting = false;
            sale.in(
                    50 + sale.random.nextInt(100),
                    () -> next.take(
                            sale.newRequest(), new Choice.Seats(hold.places().ordinals()), ""));
            if (next != this) {
                later(POLL);
            }
        }

        private void book(HoldRecord hold, String solution) {
            switch (sale.book(caller, hold, solution)) {
                case Answer.Booked booked -> {} // It has all it may have.
                case Answer.Challenge challenge -> sale.in(200, () -> book(hold, SimSale.solve(challenge.challenge())));
                case Answer.Wait wait -> sale.in(wait.millis() + 1, () -> book(hold, solution));
                case Answer.None late -> later(POLL);
                case Answer.Denied no -> {}
                case Answer.Held held -> throw new AssertionError();
            }
        }
    }
}
