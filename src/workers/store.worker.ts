import { serveStore } from '../recording/serve-store.ts';
import { scope } from './scope/worker-scope.ts';

serveStore(scope);
