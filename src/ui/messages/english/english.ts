import { cameraMessages } from './camera.ts';
import { dropMessages } from './files/drop.ts';
import { exportMessages } from './files/export.ts';
import { filmMessages } from './files/film.ts';
import { describeJob } from './files/jobs.ts';
import { describeState, libraryMessages } from './files/library.ts';
import { helpMessages } from './help.ts';
import { jointMessages } from './joints.ts';
import { modelMessages } from './model.ts';
import { comparisonMessages } from './modes/comparison.ts';
import { correctMessages } from './modes/correct.ts';
import { lookMessages } from './modes/look.ts';
import { markMessages, markNames } from './modes/marks.ts';
import { measureMessages } from './modes/measure.ts';
import { motionMessages } from './modes/motion.ts';
import { pageMessages } from './page.ts';
import { roomMessages } from './room.ts';
import { shellMessages } from './shell.ts';

/** Every sentence and label that people see, in English; errors are written where they arise, which is English, too. */
export const english = {
  messages: {
    ...pageMessages,
    ...cameraMessages,
    ...comparisonMessages,
    ...markMessages,
    ...modelMessages,
    ...filmMessages,
    ...lookMessages,
    ...roomMessages,
    ...shellMessages,
    ...measureMessages,
    ...correctMessages,
    ...motionMessages,
    ...jointMessages,
    ...helpMessages,
    ...dropMessages,
  },
  exportMessages,
  libraryMessages,
  markNames,
  describeJob,
  describeState,
  /** What is written where it arises, in the language of the page. */
  translate: (sentence: string) => sentence,
} as const;
