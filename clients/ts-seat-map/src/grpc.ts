import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { Refused, type Receiver, type Stream, type Transport } from './follower.js';
import type { Layout, WatchMessage } from './messages.js';

const FOR_GOOD: readonly number[] = [
  grpc.status.NOT_FOUND,
  grpc.status.INVALID_ARGUMENT,
  grpc.status.UNIMPLEMENTED,
  grpc.status.PERMISSION_DENIED,
  grpc.status.UNAUTHENTICATED,
];
const LONGEST_CALL_MILLIS = 15_000;

/** Reaches the query service by `@grpc/grpc-js`, with the contracts read from the published `.proto` files. */
export class GrpcTransport implements Transport {
  private readonly client: grpc.Client;
  private readonly service: grpc.ServiceDefinition;

  /**
   * @param address host and port of the query service
   * @param protoFolders where `onsale/…` and what it imports lie
   * @param credentials plaintext if left out
   */
  constructor(address: string, protoFolders: string[], credentials = grpc.credentials.createInsecure()) {
    const definition = loader.loadSync('onsale/query/v1/seat_map_service.proto', {
      includeDirs: protoFolders,
      longs: String,
      enums: String,
      defaults: true,
      oneofs: true,
    });
    this.service = definition['onsale.query.v1.SeatMapService'] as grpc.ServiceDefinition;
    this.client = new grpc.Client(address, credentials);
  }

  async layoutOf(eventId: string): Promise<Layout> {
    return this.call<Layout>('GetSeatMap', { eventId });
  }

  async layout(hash: string): Promise<Layout> {
    return (await this.call<{ layout: Layout }>('GetLayout', { layoutHash: hash })).layout;
  }

  watch(eventId: string, sections: readonly string[], resumeVersion: bigint, receiver: Receiver): Stream {
    const method = this.method('WatchSeatStatuses');
    const call = this.client.makeServerStreamRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      { eventId, sections, resumeVersion: resumeVersion.toString(), oneBlock: true },
    );
    let over = false;
    const end = (reason: Error) => {
      if (!over) receiver.ended(reason);
      over = true;
    };
    call.on('data', (message: WatchMessage) => {
      if (!over) receiver.message(message);
    });
    call.on('error', (error: grpc.ServiceError) => end(asReason(error)));
    call.on('end', () => end(new Error('The stream has ended')));
    return {
      cancel: () => {
        over = true;
        call.cancel();
      },
    };
  }

  close(): void {
    this.client.close();
  }

  private call<R>(name: string, request: object): Promise<R> {
    const method = this.method(name);
    return new Promise((resolve, reject) => {
      this.client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        { deadline: Date.now() + LONGEST_CALL_MILLIS },
        (error: grpc.ServiceError | null, answer?: unknown) => (error ? reject(asReason(error)) : resolve(answer as R)),
      );
    });
  }

  private method(name: string): grpc.MethodDefinition<object, unknown> {
    return this.service[name] as grpc.MethodDefinition<object, unknown>;
  }
}

function asReason(error: grpc.ServiceError): Error {
  return FOR_GOOD.includes(error.code) ? new Refused(error.message) : error;
}
