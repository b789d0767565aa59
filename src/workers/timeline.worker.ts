import { serveTimeline } from '../app/timeline/serve-timeline.ts';
import { scope } from './scope/worker-scope.ts';

serveTimeline(scope);
