import type { ModelId } from '../../families/model-info.ts';

/** How exactly bodies are tracked, against how quickly. */
export const qualities = ['fast', 'balanced', 'best'] as const;
export type Quality = (typeof qualities)[number];

/** MediaPipe's three networks for bodies, which all devices have. */
export const MODEL_OF_QUALITY: Readonly<Record<Quality, ModelId>> = {
  fast: 'mediapipe-pose-lite',
  balanced: 'mediapipe-pose-full',
  best: 'mediapipe-pose-heavy',
};

/** The quality that a model stands for; `null`: it is another network. */
export function qualityOf(model: string): Quality | null {
  return qualities.find((quality) => MODEL_OF_QUALITY[quality] === model) ?? null;
}
