import type { ActorReply, ActorRequest } from '../sources/actor/actor-protocol.ts';
import { Theatre } from '../sources/actor/theatre.ts';
import { workerScope } from './worker-scope.ts';

const scope = workerScope<ActorRequest, ActorReply>();
let theatre: Theatre | null = null;

scope.onmessage = ({ data }) => {
  try {
    if (data.type === 'open') {
      theatre?.close();
      theatre = new Theatre(data.options);
    } else if (theatre) {
      const { image, truth } = theatre.draw(data.frame);
      scope.postMessage({ type: 'drawn', frame: data.frame, image, truth }, [image]);
    } else {
      scope.postMessage({ type: 'failed', message: 'the stage could not be set up.' });
    }
  } catch (error) {
    theatre = null;
    scope.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
};
