import { serveStore } from '../session/store/serve-store.ts';
import { scope } from './worker-scope.ts';

serveStore(scope);
