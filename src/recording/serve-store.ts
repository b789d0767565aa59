import { buffersOf } from '../core/bytes.ts';
import type { Endpoint } from '../core/port/messages.ts';
import { HandedOver, serve } from '../core/port/serve.ts';
import { JoinedRuns } from './joining/joined-runs.ts';
import type { ServedCalls, StoreEvents } from './protocol.ts';
import { Store } from './store.ts';

/** Does for whoever is at the other end what a store does. */
export function serveStore(
  endpoint: Endpoint,
  createStore: (...given: ConstructorParameters<typeof Store>) => Store = (onSpilled) => new Store(onSpilled),
): void {
  const store = createStore((spill) => emit('spilled', spill));
  const runs = new JoinedRuns(store);
  // The store itself knows what has to wait for what.
  const emit = serve<ServedCalls, StoreEvents>(endpoint, {
    create: (_, id, info, place) => store.create(id, info, place),
    canKeep: () => store.canKeep(),
    open: (_, id) => store.open(id),
    resume: (_, id) => store.resume(id),
    append: (_, id, batch) => store.append(id, batch),
    setInfo: (_, id, info) => store.setInfo(id, info),
    setPicture: (_, id, picture) => store.setPicture(id, picture),
    addStep: (_, id, step) => store.addStep(id, step),
    read: (_, id, first, count) => handOver(store.read(id, first, count)),
    readTimes: (_, id, from, to) => handOver(store.readTimes(id, from, to)),
    close: (_, id) => store.close(id),
    rename: (_, id, name) => store.rename(id, name),
    setState: (_, id, state) => store.setState(id, state),
    delete: (_, id) => store.delete(id),
    list: () => store.list(),
    beginVideo: (_, id, kind) => store.beginVideo(id, kind),
    writeVideo: (_, id, bytes, position) => store.writeVideo(id, bytes, position),
    endVideo: (_, id) => store.endVideo(id),
    video: (_, id) => store.video(id),
    hash: (call, blob) => store.hash(blob, call),
    join: (call, id, plan) => runs.join(id, plan, (step) => call.report(step)),
    listen: (_, id, channel, port) => runs.listen(id, channel, port),
    leave: (_, id, channel, at) => runs.leave(id, channel, at),
    endJoin: (_, id) => runs.end(id),
  });
}

function handOver(batches: Uint8Array<ArrayBuffer>[]): HandedOver<Uint8Array<ArrayBuffer>[]> {
  return new HandedOver(batches, buffersOf(batches));
}
