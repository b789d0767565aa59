import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { type BundleName, bundles, denseDetectors, readBundle, readDenseDetector } from './bundles.ts';
import { faceNetworks } from './faces.ts';
import { networkAssets } from './networks.ts';

const VIRTUAL_ID = 'virtual:limn-assets';
const RESOLVED_ID = `\0${VIRTUAL_ID}`;
const DEV_PREFIX = '/@limn-assets/';

interface Asset {
  readonly key: string;
  readonly fileName: string;
  readonly type: string;
  readonly read: () => Promise<Uint8Array>;
}

// Module workers can only import the module build of the runtime.
const runtimeFolder = join(
  dirname(createRequire(import.meta.url).resolve('@mediapipe/tasks-vision')),
  'wasm',
);

const liteRtFolder = join(dirname(createRequire(import.meta.url).resolve('@litertjs/core')), '..', 'wasm');

/**
 * LiteRT's loaders are classic scripts, which module workers can't import: as modules they hand their factory out. The
 * one with threads is also served as it is, for its threads are classic workers.
 */
const liteRtAssets: readonly Asset[] = ['', '_threaded', '_compat'].flatMap((variant) => {
  const base = `litert_wasm${variant}_internal`;
  const readScript = (): Promise<Uint8Array> => readFile(join(liteRtFolder, `${base}.js`));
  const key = `litert${variant.replace('_', '-')}`;
  return [
    {
      key: `${key}-loader`,
      fileName: `${base}.module.js`,
      type: 'text/javascript',
      read: async () => Buffer.concat([await readScript(), Buffer.from('\nexport default ModuleFactory;\n')]),
    },
    {
      key: `${key}-wasm`,
      fileName: `${base}.wasm`,
      type: 'application/wasm',
      read: () => readFile(join(liteRtFolder, `${base}.wasm`)),
    },
    ...(variant === '_threaded'
      ? [{ key: `${key}-script`, fileName: `${base}.js`, type: 'text/javascript', read: readScript }]
      : []),
  ];
});

const tfjsFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
const tfjsAssets: readonly Asset[] = ['', '-simd'].map((variant) => ({
  key: `tfjs-wasm${variant}`,
  fileName: `tfjs-backend-wasm${variant}.wasm`,
  type: 'application/wasm',
  read: () => readFile(join(tfjsFolder, `tfjs-backend-wasm${variant}.wasm`)),
}));

const ortFolder = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
/**
 * ONNX Runtime for WASM only and for WebGPU: its programs have 14 and 27 MB, and are asked for only where there is an ONNX
 * network. Its loaders are modules, which start their threads from their own address.
 */
const ortAssets: readonly Asset[] = [
  ['ort-wasm', 'ort-wasm', 'ort-wasm-simd-threaded'] as const,
  ['ort-webgpu', 'ort-webgpu-wasm', 'ort-wasm-simd-threaded.asyncify'] as const,
].flatMap(([name, programKey, base]) => [
  {
    key: `${name}-loader`,
    // Some hosts don't know what `.mjs` is.
    fileName: `${base}.module.js`,
    type: 'text/javascript',
    read: () => readFile(join(ortFolder, `${base}.mjs`)),
  },
  {
    key: programKey,
    fileName: `${base}.wasm`,
    type: 'application/wasm',
    read: () => readFile(join(ortFolder, `${base}.wasm`)),
  },
]);

const assets: readonly Asset[] = [
  ...(Object.keys(bundles) as BundleName[]).map((name) => ({
    key: name,
    fileName: `${name}.task`,
    type: 'application/octet-stream',
    read: () => readBundle(name),
  })),
  ...(Object.keys(denseDetectors) as (keyof typeof denseDetectors)[]).map((name) => ({
    key: name,
    fileName: `${name}.tflite`,
    type: 'application/octet-stream',
    read: () => readDenseDetector(name),
  })),
  ...Object.entries(faceNetworks).map(([key, read]) => ({
    key,
    fileName: `${key}.tflite`,
    type: 'application/octet-stream',
    read,
  })),
  {
    key: 'tasks-vision-loader',
    fileName: 'vision_wasm_module_internal.js',
    type: 'text/javascript',
    read: () => readFile(join(runtimeFolder, 'vision_wasm_module_internal.js')),
  },
  {
    key: 'tasks-vision-wasm',
    fileName: 'vision_wasm_module_internal.wasm',
    type: 'application/wasm',
    read: () => readFile(join(runtimeFolder, 'vision_wasm_module_internal.wasm')),
  },
  ...liteRtAssets,
  ...tfjsAssets,
  ...ortAssets,
  ...networkAssets,
];

const publicFolder = join(import.meta.dirname, '..', '..', 'public');
/** Weights that this project has made itself, below `public/`. */
const ownWeights = [{ key: 'limn-lift-81', fileName: 'weights/limn-lift-81.bin' }];

/** @param url an expression of JavaScript */
function describeAsset(key: string, url: string, source: Uint8Array): string {
  const sha256 = createHash('sha256').update(source).digest('hex');
  return `  ${JSON.stringify(key)}: { url: ${url}, byteLength: ${source.length}, sha256: '${sha256}' },`;
}

/**
 * Serves networks and runtimes out of the installed packages: in dev from memory, in a build as
 * emitted assets; with `emitsOwn` also the project's own, where the build doesn't copy `public/`. `import assets from 'virtual:limn-assets'` gives address, size and SHA-256 of each by its key.
 */
export function weights({ emitsOwn = false } = {}): Plugin {
  let isBuild = false;
  return {
    name: 'limn:weights',
    configResolved(config) {
      isBuild = config.command === 'build';
    },
    resolveId(id) {
      return id === VIRTUAL_ID ? RESOLVED_ID : null;
    },
    async load(id) {
      if (id !== RESOLVED_ID) return null;
      const emitted = await Promise.all(
        assets.map(async ({ key, fileName, read }) => {
          const source = await read();
          const url = isBuild
            ? `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'asset', name: fileName, source })}`
            : // Not relative to the module: Vite would take that for one of its own files.
              `new URL(${JSON.stringify(DEV_PREFIX + fileName)}, location.href).href`;
          return { url, line: describeAsset(key, url, source) };
        }),
      );
      const own = await Promise.all(
        ownWeights.map(async ({ key, fileName }) => {
          const source = await readFile(join(publicFolder, fileName));
          if (emitsOwn) {
            const file = this.emitFile({ type: 'asset', name: basename(fileName), source });
            return describeAsset(key, `import.meta.ROLLUP_FILE_URL_${file}`, source);
          }
          // The build copies them as they are; assets lie in a folder beside theirs.
          const url = isBuild
            ? `new URL(${JSON.stringify(`../${fileName}`)}, ${emitted[0]?.url}).href`
            : `new URL(${JSON.stringify(`/${fileName}`)}, location.href).href`;
          return describeAsset(key, url, source);
        }),
      );
      const lines = [...emitted.map(({ line }) => line), ...own];
      return `export default {\n${lines.join('\n')}\n};\n`;
    },
    configureServer(server) {
      server.middlewares.use(DEV_PREFIX, (request, response, next) => {
        const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
        const asset = assets.find(({ fileName }) => fileName === name);
        if (!asset) return next();
        asset.read().then((bytes) => {
          // LiteRT's threads are workers with this address: without the page's own headers they aren't let in.
          response.setHeader('Content-Type', asset.type);
          response.setHeader('Content-Length', bytes.length);
          response.end(bytes);
        }, next);
      });
    },
  };
}
