import type { comparisonMessages as english } from '../../english/modes/comparison.ts';
import { formatNumber } from '../../format.ts';
import type { Spoken } from '../../spoken.ts';

/** What the page says of two recordings that are compared, in German. */
export const comparisonMessages: Spoken<typeof english> = {
  comparison: 'Vergleich',
  compareWith: 'Vergleichen mit',
  comparedWith: (name) => `Vergleich: ${name}`,
  beforeCorrections: 'vor den Korrekturen',
  compareWithVideo: 'Anderes Video …',
  nothingToCompare:
    'Ein anderes Video auswählen: von einem anderen Tag, einer anderen Person, oder dasselbe anders erfasst.',
  queued: 'In der Warteschlange',
  toCompare: (name) => `${name} wartet. Der Vergleich beginnt, wenn es erfasst wird.`,
  comparisonLayouts: { over: 'Überlagert', beside: 'Nebeneinander' },
  endComparison: 'Vergleich beenden',
  otherPicture: (name) => `Bild von ${name} mit seinen Skeletten`,
  chooseOtherVideo: (name) => `${name} auswählen …`,
  otherControls: 'Zweites Video',
  otherBack: 'Zweites Video: ein Bild zurück',
  otherOn: 'Zweites Video: ein Bild weiter',
  otherPosition: 'Zweites Video: Position',
  synchronise: 'Synchronisieren',
  inStep: 'Gemeinsam abspielen',
  apartHint:
    'Beide Videos auf denselben Moment stellen: das eine in der Zeitleiste, das andere mit seinem Regler.',
  startBothHere: 'Beide hier beginnen',
  offset: 'Versatz (s)',
  offsetText: (offset) =>
    `Das zweite Video beginnt ${formatNumber(Math.abs(offset), 2)} s ${offset > 0 ? 'später' : 'früher'} als dieses.`,
  frameEarlier: 'Zweites Video ein Bild früher',
  frameLater: 'Zweites Video ein Bild später',
  resetOffset: 'Versatz zurücksetzen',
  alignAt: 'An einer Marke ausrichten …',
  alignWith: (own, other) => (own === other ? own : `${own} = ${other}`),
  alignHint: 'Marken (M) desselben Namens in beiden Aufnahmen richten sie aneinander aus.',
  otherPerson: 'Person im zweiten Video',
  plottedAngles: 'Winkel zum Vergleich',
  chooseAngles: 'Winkel auswählen: Unten erscheinen die Kurven beider Aufnahmen, hier ihre Bewegungsumfänge.',
  thisOne: 'diese',
  otherOne: 'andere',
  differenceShort: 'Diff.',
  figureNames: { minimum: 'Minimum', maximum: 'Maximum' },
  difference: 'Unterschied je Gelenk',
  differenceText: (frames, both, onlyFirst, onlySecond) =>
    `${frames} Bilder gemeinsam; Personen in beiden: ${both}, nur in dieser: ${onlyFirst}, nur in der anderen: ${onlySecond}`,
  scoreAgainst: (other, truth) =>
    truth === 'other' ? `Diese an „${other}“ messen` : `„${other}“ an dieser messen`,
  scoreNothing: 'Zum Bewerten mit Annotationen vergleichen, oder mit einer von Hand korrigierten Aufnahme.',
  scoring: 'Wird bewertet …',
  scoreOf: (other, truth, frames) =>
    truth === 'other'
      ? `Diese, gemessen an „${other}“, ${frames}`
      : `„${other}“, gemessen an dieser, ${frames}`,
  scoredFrames: (count, arePictures) =>
    arePictures && count > 1
      ? `${count} Fotos`
      : arePictures
        ? '1 Foto'
        : count === 1
          ? '1 Bild'
          : `${count} Bilder`,
  scoreText: (found, people, precision, recall, correct, error) =>
    `${found} von ${people} Personen gefunden; AP ${precision}, AR ${recall}; von ihren Keypoints liegen ${correct} innerhalb eines Fünftels des Rumpfs (PCK), und im Mittel sind sie ${error} daneben.`,
  scoreLeftOut: (notLookedAt, notAnnotated, ofOtherSize) =>
    [
      ...(ofOtherSize > 0 ? [`${ofOtherSize} mit anderer Pixelgröße, als die Annotationen angeben`] : []),
      ...(notLookedAt > 0 ? [`${notLookedAt} annotiert, aber nicht erfasst`] : []),
      ...(notAnnotated > 0 ? [`${notAnnotated} erfasst, aber nicht annotiert`] : []),
    ].join('; '),
  scoreCounts: (leftOut) => `Nicht gezählt: ${leftOut}.`,
  scoreFewPeople: (wanted, annotated) =>
    `Erfasst wurde höchstens ${wanted === 1 ? '1 Person' : `${wanted} Personen`}, annotiert sind bis zu ${annotated} in einem Bild: Personen höher stellen und neu erfassen.`,
  saveScore: 'Als CSV speichern',
  meanError: 'Mittlerer Fehler',
  correctKeypoints: 'PCK',
  joint: 'Gelenk',
  median: 'Median',
  high: 'P95',
  trackToScore: (model) => `Mit ${model} erfassen und an dieser messen`,
  trackedToScore: (tracked, count, truth) =>
    `${tracked} von ${count} ${count === 1 ? 'Foto' : 'Fotos'} erfasst, um sie an ${truth} zu messen`,
};
