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
      return `Angehalten bei Bild ${frames} von ${total}`;
    case 'waiting':
      return 'In der Warteschlange';
    case 'running':
      if (isMeasuring) return 'Schnellste Engine für dieses Video wird gesucht …';
      return total > 0 ? `${frames} von ${total} Bildern${how}` : 'Wird geöffnet …';
    case 'paused':
      return `Pausiert bei Bild ${frames} von ${total}`;
    case 'known':
      return `Schon erfasst · ${frames} Bilder`;
    case 'finished':
      return `Fertig · ${total} Bilder${how}`;
    case 'cancelled':
      return `Abgebrochen bei Bild ${frames} von ${total}`;
    case 'broken':
      return frames < total
        ? `Bricht nach ${frames} von ${total} Bildern ab`
        : `Bricht nach ${frames} Bildern ab`;
    case 'failed':
      return reason === null ? 'Fehlgeschlagen' : translateSentence(reason);
  }
};

function describeWay({ engine, workers }: NonNullable<Job['fastest']>): string {
  return `${engineLabel(engine)} und ${workers === 1 ? 'einem Worker' : `${workers} Workern`}`;
}
