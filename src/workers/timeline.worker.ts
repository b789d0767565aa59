import { serveTimeline } from '../session/timeline/serve-timeline.ts';
import { scope } from './scope/worker-scope.ts';

serveTimeline(scope);
