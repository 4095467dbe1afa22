package dev.onsale.standalone.fuzz;

import com.google.protobuf.Message;
import dev.onsale.proto.booking.v1.GetBookingRequest;
import dev.onsale.proto.inventory.v1.AreaSelection;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.query.v1.ListMyBookingsRequest;
import dev.onsale.proto.ticket.v1.CheckInTicketRequest;
import dev.onsale.proto.waitingroom.v1.ClaimAdmissionRequest;
import dev.onsale.proto.waitingroom.v1.GetPositionRequest;
import dev.onsale.proto.waitingroom.v1.JoinRoomRequest;
import dev.onsale.proto.waitingroom.v1.LeaveRoomRequest;
import dev.onsale.proto.waitingroom.v1.ReenterRoomRequest;
import dev.onsale.runtime.auth.Role;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Calls that would do what they ask for, if what they show for it were good: access tokens, admissions, place tickets, ticket
 * codes, solutions of challenges, page tokens.
 */
final class Tokens {

    private final Scene scene;
    private final Jwts jwts;
    private final Map<String, Rpc> byVerb;
    private final List<Rpc> paged;

    Tokens(Scene scene) {
        this.scene = scene;
        this.jwts = new Jwts(scene.issuer(), scene.jwks());
        this.byVerb = scene.rpcs().stream().collect(Collectors.toMap(Rpc::verb, Function.identity(), (a, b) -> a));
        this.paged = scene.rpcs().stream()
                .filter(rpc -> rpc.effect() == Effect.READS && field(rpc) != null)
                .toList();
    }

    private static com.google.protobuf.Descriptors.@org.jspecify.annotations.Nullable FieldDescriptor field(Rpc rpc) {
        return rpc.request().getDescriptorForType().findFieldByName("page_token");
    }

    Input draw(SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> access(random);
            case 3, 4 -> admission(random);
            case 5, 6 -> place(random);
            case 7 -> code(random);
            case 8 -> solution(random);
            default -> page(random);
        };
    }

    private Input access(SplittableRandom random) {
        String token = jwts.bad(random);
        return switch (random.nextInt(3)) {
            case 0 ->
                call(
                        "access",
                        "GetBooking",
                        token,
                        GetBookingRequest.newBuilder()
                                .setBookingId(scene.id("booking_id").getFirst())
                                .build());
            case 1 -> call("access", "ListMyBookings", token, ListMyBookingsRequest.getDefaultInstance());
            default -> call("access", "CreateHold", token, hold(random, scene.openEvent()));
        };
    }

    private static CreateHoldRequest hold(SplittableRandom random, String event) {
        return CreateHoldRequest.newBuilder()
                .setRequestId("fuzz-" + Words.letters(random, 20))
                .setEventId(event)
                .setArea(AreaSelection.newBuilder().setAreaId("FLOOR").setQuantity(1))
                .build();
    }

    private Input admission(SplittableRandom random) {
        Message hold = hold(random, scene.gatedEvent());
        boolean stranger = random.nextInt(6) == 0;
        String owner = scene.token(Role.FAN);
        String account = stranger ? scene.tokens().apply(Role.FAN, Scene.STRANGER) : owner;
        String shown = stranger
                ? scene.admission()
                : switch (random.nextInt(5)) {
                    case 0 -> owner;
                    case 1 -> jwts.bad(random);
                    case 2 -> Words.letters(random, random.nextInt(8_000));
                    default -> Texts.change(random, scene.admission());
                };
        Draft draft = draft("admission", "CreateHold", account, hold)
                .allow(Leeway.HTTP)
                .allow(Leeway.ENDED); // So long, they may be.
        draft.headers.add(new Input.Header("onsale-admission", shown));
        if (random.nextInt(4) == 0) {
            draft.headers.add(new Input.Header("onsale-admission-proof", jwts.bad(random)));
        }
        return draft.done();
    }

    private Input place(SplittableRandom random) {
        String good = scene.id("place_ticket").getFirst();
        boolean stranger = random.nextInt(6) == 0;
        String account = stranger ? Scene.STRANGER : Scene.OWNER;
        String ticket = stranger ? good : Texts.change(random, good);
        String token = scene.tokens().apply(Role.FAN, account);
        String id = "fuzz-" + Words.letters(random, 20);
        return switch (random.nextInt(4)) {
            case 0 ->
                call(
                        "place",
                        "GetPosition",
                        token,
                        GetPositionRequest.newBuilder().setPlaceTicket(ticket).build());
            case 1 ->
                call(
                        "place",
                        "ClaimAdmission",
                        token,
                        ClaimAdmissionRequest.newBuilder()
                                .setRequestId(id)
                                .setPlaceTicket(ticket)
                                .build());
            case 2 ->
                call(
                        "place",
                        "ReenterRoom",
                        token,
                        ReenterRoomRequest.newBuilder()
                                .setRequestId(id)
                                .setPlaceTicket(ticket)
                                .build());
            default ->
                call(
                        "place",
                        "LeaveRoom",
                        token,
                        LeaveRoomRequest.newBuilder()
                                .setRequestId(id)
                                .setPlaceTicket(ticket)
                                .build());
        };
    }

    private Input code(SplittableRandom random) {
        boolean elsewhere = random.nextInt(6) == 0;
        String code = elsewhere
                ? scene.ticketCode()
                : switch (random.nextInt(6)) {
                    case 0 -> jwts.bad(random);
                    case 1 -> Nasty.text(random);
                    default -> Texts.change(random, scene.ticketCode());
                };
        return call(
                "code",
                "CheckInTicket",
                scene.token(Role.SCANNER),
                CheckInTicketRequest.newBuilder()
                        .setRequestId("fuzz-" + Words.letters(random, 20))
                        .setEventId(elsewhere ? scene.gatedEvent() : scene.openEvent())
                        .setCode(code)
                        .setGate("G1")
                        .build());
    }

    private Input solution(SplittableRandom random) {
        String solution = random.nextBoolean()
                ? Nasty.text(random)
                : Texts.change(random, scene.id("solution").getFirst());
        return call(
                "solution",
                "JoinRoom",
                scene.tokens().apply(Role.FAN, Scene.STRANGER),
                JoinRoomRequest.newBuilder()
                        .setRequestId("fuzz-" + Words.letters(random, 20))
                        .setEventId(scene.id("guarded_event").getFirst())
                        .setSolution(solution)
                        .build());
    }

    /** A page token says where to go on: another may be as good. */
    private Input page(SplittableRandom random) {
        Rpc rpc = paged.get(random.nextInt(paged.size()));
        List<String> known = scene.id("page_token");
        String token = random.nextInt(5) == 0
                ? Nasty.text(random)
                : Texts.change(random, known.get(random.nextInt(known.size())));
        Message request = new Messages(random, scene.ids()).make(rpc.request());
        request = request.toBuilder()
                .setField(java.util.Objects.requireNonNull(field(rpc)), token)
                .build();
        Role role = rpc.roles().isEmpty()
                ? Role.FAN
                : rpc.roles().get(random.nextInt(rpc.roles().size()));
        return new Draft("tokens/page", rpc, scene.token(role), request.toByteArray())
                .allow(Leeway.OK)
                .done();
    }

    private Input call(String kind, String verb, String token, Message request) {
        return draft(kind, verb, token, request).done();
    }

    private Draft draft(String kind, String verb, String token, Message request) {
        Rpc rpc = java.util.Objects.requireNonNull(byVerb.get(verb));
        return new Draft("tokens/" + kind, rpc, token, request.toByteArray());
    }
}
