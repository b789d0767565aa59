import type { WorkerFacts } from '../../families/device-facts.ts';
import { hasPrivateFiles } from '../../recording/log/private-files.ts';
import type { DeviceReport } from './report.ts';

/** How long it is waited for a figure of the memory, which the browser gives when it has nothing else to do. */
const MEMORY_PATIENCE_MS = 1500;

/** What the page knows beside its workers. Asks nobody for permission. */
export async function gatherPageFacts(facts: WorkerFacts): Promise<DeviceReport['facts']> {
  const { deviceMemory } = navigator as Navigator & { deviceMemory?: number };
  return {
    ...facts,
    memoryGiB: deviceMemory ?? null,
    heapBytes: await measureHeap(),
    storage: await estimateStorage(),
    hasPrivateFiles: hasPrivateFiles(),
    hasServiceWorker: 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null,
    cameras: await listCameraModes(),
  };
}

async function measureHeap(): Promise<number | null> {
  const { measureUserAgentSpecificMemory } = performance as Performance & {
    measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
  };
  if (!measureUserAgentSpecificMemory || !crossOriginIsolated) return null;
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), MEMORY_PATIENCE_MS));
  const measured = measureUserAgentSpecificMemory.call(performance).then(({ bytes }) => bytes);
  return Promise.race([measured.catch(() => null), late]);
}

async function estimateStorage(): Promise<DeviceReport['facts']['storage']> {
  if (!navigator.storage?.estimate) return null;
  const [{ quota = 0, usage = 0 }, isPersistent] = await Promise.all([
    navigator.storage.estimate(),
    navigator.storage.persisted(),
  ]);
  return { quota, usage, isPersistent };
}

/** Browsers tell what cameras can do only after the camera has been allowed. */
async function listCameraModes(): Promise<DeviceReport['facts']['cameras']> {
  if (!navigator.mediaDevices) return null;
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const cameras = devices.filter(({ kind }) => kind === 'videoinput');
  if (cameras.length === 0) return null;
  return cameras.map((camera, i) => {
    const { width, height, frameRate } =
      'getCapabilities' in camera ? (camera as InputDeviceInfo).getCapabilities() : {};
    const modes =
      width?.max && height?.max
        ? `up to ${width.max} × ${height.max}, ${Math.round(frameRate?.max ?? 0)} frames per second`
        : 'says what it can do once it is allowed';
    return { label: camera.label || `camera ${i + 1}`, modes };
  });
}
