import type { PersonAngle } from '../../motion/kinematics/angles.ts';
import type { State } from '../state.ts';

/** Plotted angles, where they are drawn as arcs: on the picture, in the room and in films of both. */
export function shownAngles({ plots, settings }: Pick<State, 'plots' | 'settings'>): readonly PersonAngle[] {
  return settings.peek().arcs ? plots.peek().filter((series) => series.kind === 'angle') : [];
}
