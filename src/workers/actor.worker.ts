import { LimnError } from '../core/errors.ts';
import { HandedOver, serve } from '../core/port/serve.ts';
import type { ActorCalls } from '../sources/actor/actor-protocol.ts';
import { Theatre } from '../sources/actor/theatre.ts';
import { scope } from './scope/worker-scope.ts';

let theatre: Theatre | null = null;

serve<ActorCalls>(scope, {
  open: (_, options) => {
    theatre?.close();
    theatre = null;
    theatre = new Theatre(options);
  },
  draw: (_, frame) => {
    if (!theatre) throw new LimnError('the stage could not be set up.');
    const drawn = theatre.draw(frame);
    return new HandedOver(drawn, [drawn.image]);
  },
});
