import type { DeviceReport, Lack } from './report.ts';

type Facts = DeviceReport['facts'];

/** WebGPU's own least limit for a storage buffer, which the largest networks' weights need. */
const STORAGE_BUFFER_BYTES = 2 ** 27;

/** What is missing, what follows from it, and what whoever looks after this device or this address can do. */
export function findLacks(facts: Facts): Lack[] {
  const lacks: Lack[] = [];
  const note = (isLacking: boolean, what: string, effect: string, remedy: string): void => {
    if (isLacking) lacks.push({ what, effect, remedy });
  };
  const { wasm, webgpu, webgl } = facts;
  note(
    !facts.isSecure,
    'Secure context',
    'no WebGPU, no camera, no storage, no threads',
    'serve the page over https, or from localhost',
  );
  note(!wasm.simd, 'WebAssembly SIMD', 'no engine runs on the CPU', 'use a current browser');
  note(
    !wasm.relaxedSimd,
    'WebAssembly relaxed SIMD',
    'LiteRT computes slower and on one thread',
    'use a current browser',
  );
  note(
    !facts.isIsolated,
    'Cross-origin isolation',
    'WASM engines compute on one thread',
    'send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, or allow service workers and open the page again',
  );
  note(facts.cores < 2, 'A second core', 'nothing is computed side by side', 'give the machine more cores');
  note(
    !facts.hasWebGpu,
    'WebGPU',
    'no WebGPU engine',
    'use a browser that has WebGPU, or switch it on in its settings',
  );
  note(
    facts.hasWebGpu && !webgpu,
    'A WebGPU adapter',
    'no WebGPU engine',
    'switch hardware acceleration on, and update the graphics driver; on Linux, Chromium also wants Vulkan',
  );
  note(
    webgpu?.isSoftware === true,
    'A real GPU behind WebGPU',
    `its work is done by a program on the CPU (${webgpu?.driver || webgpu?.vendor})`,
    'switch hardware acceleration on, and install the graphics driver',
  );
  note(
    webgpu !== null && !webgpu.features.includes('shader-f16'),
    'The WebGPU feature shader-f16',
    'no half precision on the GPU',
    'update the graphics driver; older GPUs have none',
  );
  note(
    webgpu !== null && (webgpu.limits.maxStorageBufferBindingSize ?? 0) < STORAGE_BUFFER_BYTES,
    `The WebGPU limit maxStorageBufferBindingSize of ${STORAGE_BUFFER_BYTES}`,
    'large networks may be refused',
    'update the graphics driver',
  );
  note(
    !webgl,
    'WebGL 2 in workers',
    'no WebGL engine, no demo actor',
    'switch hardware acceleration on, or use a current browser',
  );
  note(
    webgl?.isSoftware === true,
    'A real GPU behind WebGL',
    `its work is done by a program on the CPU (${webgl?.driver})`,
    'switch hardware acceleration on, and install the graphics driver',
  );
  for (const { label, decodes, encodes } of facts.codecs) {
    note(
      !decodes,
      `Decoding of ${label}`,
      `videos in ${label} can't be opened`,
      `use a browser that decodes ${label}, or convert videos to H.264 or VP9`,
    );
    if (label === 'H.264' || label === 'VP9') {
      note(!encodes, `Encoding of ${label}`, `no films in ${label}`, 'use a browser that encodes it');
    }
  }
  note(
    !facts.hasPrivateFiles,
    'The private file system',
    'recordings and networks are not kept',
    'leave the private window, and allow the page to store data',
  );
  return lacks;
}
