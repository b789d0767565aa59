import { expect, it } from 'vitest';
import { cameraMessages } from '../../../src/ui/messages/english/camera.ts';
import { dropMessages } from '../../../src/ui/messages/english/files/drop.ts';
import { filmMessages } from '../../../src/ui/messages/english/files/film.ts';
import { helpMessages } from '../../../src/ui/messages/english/help.ts';
import { jointMessages } from '../../../src/ui/messages/english/joints.ts';
import { modelMessages } from '../../../src/ui/messages/english/model.ts';
import { comparisonMessages } from '../../../src/ui/messages/english/modes/comparison.ts';
import { correctMessages } from '../../../src/ui/messages/english/modes/correct.ts';
import { lookMessages } from '../../../src/ui/messages/english/modes/look.ts';
import { markMessages } from '../../../src/ui/messages/english/modes/marks.ts';
import { measureMessages } from '../../../src/ui/messages/english/modes/measure.ts';
import { motionMessages } from '../../../src/ui/messages/english/modes/motion.ts';
import { pageMessages } from '../../../src/ui/messages/english/page.ts';
import { roomMessages } from '../../../src/ui/messages/english/room.ts';
import { shellMessages } from '../../../src/ui/messages/english/shell.ts';
import { messages } from '../../../src/ui/messages/messages.ts';

it('no two parts of the page call different words by the same name: one would take the place of the other', () => {
  const names = [
    cameraMessages,
    comparisonMessages,
    correctMessages,
    dropMessages,
    filmMessages,
    helpMessages,
    jointMessages,
    lookMessages,
    markMessages,
    measureMessages,
    modelMessages,
    motionMessages,
    pageMessages,
    roomMessages,
    shellMessages,
  ].flatMap((group) => Object.keys(group));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  // All groups that there are.
  expect([...names].sort()).toEqual(Object.keys(messages).sort());
});
