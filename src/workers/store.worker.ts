import { serveStore } from '../session/store/serve-store.ts';
import { scope } from './scope/worker-scope.ts';

serveStore(scope);
