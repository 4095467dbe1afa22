package dev.onsale.standalone.room;

import static dev.onsale.standalone.room.RoomChannels.calling;
import static dev.onsale.standalone.room.RoomChannels.id;
import static dev.onsale.standalone.room.RoomChannels.showing;
import static dev.onsale.standalone.room.RoomChannels.told;

import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpc;
import dev.onsale.proto.booking.v1.Contact;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.inventory.v1.AreaSelection;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpc;
import dev.onsale.proto.waitingroom.v1.ClaimAdmissionRequest;
import dev.onsale.proto.waitingroom.v1.ClaimAdmissionResponse;
import dev.onsale.proto.waitingroom.v1.GetPositionRequest;
import dev.onsale.proto.waitingroom.v1.JoinRoomRequest;
import dev.onsale.proto.waitingroom.v1.LeaveRoomRequest;
import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.proto.waitingroom.v1.ReenterRoomRequest;
import dev.onsale.proto.waitingroom.v1.VerifyPositionRequest;
import dev.onsale.proto.waitingroom.v1.VerifyPositionResponse;
import dev.onsale.proto.waitingroom.v1.WaitingRoomServiceGrpc;
import dev.onsale.proto.waitingroom.v1.WatchPositionRequest;
import dev.onsale.proto.waitingroom.v1.WatchPositionResponse;
import io.grpc.stub.StreamObserver;

/**
 * A fan with plain grpc-java stubs. A refusal is thrown as an {@link IllegalStateException} with its reason in words.
 *
 * @param channels where it calls; may be shared
 * @param token of its account
 */
public record RoomGuest(RoomChannels channels, String token) {

    private static final String AREA = "FLOOR";

    /** Joins; without a challenge. */
    public Place join(String event) {
        JoinRoomRequest request = JoinRoomRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .build();
        return told(() -> room().joinRoom(request).getPlace());
    }

    /** Where a place is. */
    public Place position(String ticket) {
        GetPositionRequest request =
                GetPositionRequest.newBuilder().setPlaceTicket(ticket).build();
        return told(() -> room().getPosition(request).getPlace());
    }

    /** Watches a place for as long as the server likes. */
    void watch(String ticket, StreamObserver<WatchPositionResponse> observer) {
        showing(WaitingRoomServiceGrpc.newStub(channels.room()), token, "")
                .watchPosition(
                        WatchPositionRequest.newBuilder().setPlaceTicket(ticket).build(), observer);
    }

    /** Takes its turn. */
    public ClaimAdmissionResponse claim(String ticket) {
        ClaimAdmissionRequest request = ClaimAdmissionRequest.newBuilder()
                .setRequestId(id())
                .setPlaceTicket(ticket)
                .build();
        return told(() -> room().claimAdmission(request));
    }

    /** Goes to the end of the line. */
    Place reenter(String ticket) {
        ReenterRoomRequest request = ReenterRoomRequest.newBuilder()
                .setRequestId(id())
                .setPlaceTicket(ticket)
                .build();
        return told(() -> room().reenterRoom(request).getPlace());
    }

    /** Gives up its place or its session. */
    void leave(String ticket) {
        LeaveRoomRequest request = LeaveRoomRequest.newBuilder()
                .setRequestId(id())
                .setPlaceTicket(ticket)
                .build();
        told(() -> room().leaveRoom(request));
    }

    /** Has a position shown to be right. */
    VerifyPositionResponse verify(String event, long entry) {
        VerifyPositionRequest request = VerifyPositionRequest.newBuilder()
                .setEventId(event)
                .setEntry(entry)
                .build();
        return told(() -> room().verifyPosition(request));
    }

    /** Holds one place of the floor. */
    public Hold hold(String event, String admission) {
        CreateHoldRequest request = CreateHoldRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .setArea(AreaSelection.newBuilder().setAreaId(AREA).setQuantity(1))
                .build();
        return told(() -> calling(HoldServiceGrpc.newBlockingStub(channels.command()), token, admission)
                .createHold(request)
                .getHold());
    }

    /** Checks a hold out. */
    public Booking book(Hold hold, String admission) {
        CreateBookingRequest request = CreateBookingRequest.newBuilder()
                .setRequestId(id())
                .setHoldId(hold.getHoldId())
                .setFence(hold.getFence())
                .setPaymentToken("tok_approve")
                .setContact(Contact.newBuilder().setName("A guest").setEmail("guest@example.org"))
                .build();
        return told(() -> calling(BookingServiceGrpc.newBlockingStub(channels.command()), token, admission)
                .createBooking(request)
                .getBooking());
    }

    private WaitingRoomServiceGrpc.WaitingRoomServiceBlockingStub room() {
        return calling(WaitingRoomServiceGrpc.newBlockingStub(channels.room()), token, "");
    }
}
