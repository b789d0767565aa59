import type { Library } from '../jobs/library.ts';
import type { StatisticsGatherer } from '../live/statistics.ts';
import type { Stage } from './stage.ts';
import type { StageDocument } from './stage-document.ts';
import type { StageRuns } from './stage-runs.ts';
import type { Subject } from './subject.ts';

/** What those share who put something on the stage. */
export interface StageParts {
  readonly stage: Stage;
  readonly staged: StageDocument;
  readonly runs: StageRuns;
  readonly subject: Subject;
  readonly library: Library;
  readonly statistics: StatisticsGatherer;
}
