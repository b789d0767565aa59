import { engineLabel } from '../../../../families/engines/engine-catalog.ts';
import type { describeJob as english } from '../../english/files/jobs.ts';
import { translateSentence } from '../sentences/translate.ts';

type Job = Parameters<typeof english>[0];

/** How a video's analysis stands, in German. */
export const describeJob: typeof english = ({ status, progress, isMeasuring, fastest, reason }) => {
  const { frames, total } = progress;
  const how = fastest === null ? '' : ` mit ${describeWay(fastest)}: hier am schnellsten`;
  switch (status) {
    case 'opening':
      return 'Datei wird gelesen …';
    case 'offered':
      return `bis Bild ${frames} von ${total} erfasst`;
    case 'waiting':
      return 'in der Warteschlange';
    case 'running':
      if (isMeasuring) return 'schnellste Engine für dieses Video wird gesucht …';
      return total > 0 ? `${frames} von ${total} Bildern${how}` : 'wird geöffnet';
    case 'paused':
      return `angehalten bei ${frames} von ${total} Bildern`;
    case 'known':
      return `schon erfasst: ${frames} Bilder`;
    case 'finished':
      return `alle ${total} Bilder erfasst${how}`;
    case 'cancelled':
      return `beendet bei ${frames} von ${total} Bildern`;
    case 'broken':
      return frames < total
        ? `bricht nach ${frames} von ${total} Bildern ab`
        : `bricht nach ${frames} Bildern ab`;
    case 'failed':
      return reason === null ? 'fehlgeschlagen' : translateSentence(reason);
  }
};

function describeWay({ engine, workers }: NonNullable<Job['fastest']>): string {
  return `${engineLabel(engine)} und ${workers === 1 ? 'einem Worker' : `${workers} Workern`}`;
}
