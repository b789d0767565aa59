import { serveTimeline } from '../session/timeline/serve-timeline.ts';
import { scope } from './worker-scope.ts';

serveTimeline(scope);
