// Replays the journeys that the client in Java has written down: both must understand every message alike.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Places, SeatMap, type Layout, type WatchMessage } from '../src/index.js';
import { picture } from './model.js';

type Line =
  | { open: number; resumeVersion: string }
  | { stream: number; step: string; version: string; shown: string; message: WatchMessage };

const vectors = JSON.parse(readFileSync(new URL('../../../vectors/seat-map.json', import.meta.url), 'utf8')) as {
  layout: Layout;
  journeys: Line[][];
};

/** In JSON, bytes are base64. */
function decode(message: WatchMessage): WatchMessage {
  for (const block of [...(message.snapshot?.sections ?? []), message.snapshot?.block]) {
    if (block) block.packed = Buffer.from(block.packed as unknown as string, 'base64');
  }
  return message;
}

test('every recorded message becomes of what became of it in Java', () => {
  const steps = new Map<string, number>();
  vectors.journeys.forEach((journey, index) => {
    const map = new SeatMap(new Places(vectors.layout));
    journey.forEach((line, at) => {
      const where = `journey ${index}, line ${at}`;
      if ('open' in line) {
        assert.equal(map.open(), line.open, where);
        assert.equal(map.resumeVersion, BigInt(line.resumeVersion), where);
        return;
      }
      const step = map.take(line.stream, decode(line.message));
      steps.set(step.kind, (steps.get(step.kind) ?? 0) + 1);
      assert.equal(step.kind, line.step, where);
      assert.equal(map.version, BigInt(line.version), where);
      assert.equal(picture(map), line.shown, where);
    });
  });
  for (const kind of ['applied', 'known', 'gap']) assert.ok((steps.get(kind) ?? 0) >= 5, `${kind}: ${steps.get(kind)}`);
});
