import { cameraMessages } from './camera.ts';
import { comparisonMessages } from './comparison.ts';
import { correctMessages } from './correct.ts';
import { filmMessages } from './film.ts';
import { markMessages } from './marks.ts';
import { measureMessages } from './measure.ts';
import { modelMessages } from './model.ts';
import { lookMessages } from './modes/look.ts';
import { motionMessages } from './motion.ts';
import { pageMessages } from './page.ts';
import { roomMessages } from './room.ts';
import { shellMessages } from './shell.ts';

/** Every sentence and label that people see, apart from errors, which are written where they arise. */
export const messages = {
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
} as const;
