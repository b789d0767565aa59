import { fixedNumber } from '../../core/texts/readable.ts';

const SECONDS_A_MINUTE = 60;
const SECONDS_AN_HOUR = 3600;

/** A number with so many digits behind its point, as people write it: with a minus, and none before zero. */
export function formatNumber(value: number, digits = 0): string {
  const size = Math.abs(value);
  const text = fixedNumber(size, digits);
  return value < 0 && Number(size.toFixed(digits)) !== 0 ? `−${text}` : text;
}

/** A number with so many digits behind its point at most, and no zeros at its end. */
export function formatShort(value: number, digits: number): string {
  const short = Number(value.toFixed(digits));
  return formatNumber(short, digitsOf(short));
}

/** A number of so many digits in all, be they before the point or behind it. */
export function formatPrecise(value: number, digits: number): string {
  const precise = Number(value.toPrecision(digits));
  const whole = precise === 0 ? 1 : Math.floor(Math.log10(Math.abs(precise))) + 1;
  return formatNumber(precise, Math.max(0, digits - whole));
}

function digitsOf(value: number): number {
  const text = String(value);
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** Bytes as people read them. */
export function formatBytes(bytes: number): string {
  return bytes < 1e9 ? `${formatNumber(bytes / 1e6, 1)} MB` : `${formatNumber(bytes / 1e9, 1)} GB`;
}

/** Seconds as minutes, seconds and hundredths. */
export function formatTime(seconds: number): string {
  const minutes = Math.floor(seconds / SECONDS_A_MINUTE);
  return `${minutes}:${fixedNumber(seconds - minutes * SECONDS_A_MINUTE, 2, 2)}`;
}

/** Minutes and whole seconds, as a stopwatch has them. */
export function formatClock(seconds: number): string {
  const minutes = Math.floor(seconds / SECONDS_A_MINUTE);
  return `${minutes}:${twoDigits(Math.floor(seconds % SECONDS_A_MINUTE))}`;
}

/** Bytes as people read them: 532 kB, 1.5 MB. */
export function formatSize(bytes: number): string {
  const units = ['kB', 'MB', 'GB'] as const;
  let value = Math.max(bytes, 100) / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${formatNumber(value, value < 10 ? 1 : 0)} ${units[unit]}`;
}

/** Seconds as people say them: 8 s, 2 min 5 s, 3 h 20 min. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < SECONDS_A_MINUTE) return `${whole} s`;
  if (whole < SECONDS_AN_HOUR)
    return `${Math.floor(whole / SECONDS_A_MINUTE)} min ${whole % SECONDS_A_MINUTE} s`;
  return `${Math.floor(whole / SECONDS_AN_HOUR)} h ${Math.floor((whole % SECONDS_AN_HOUR) / SECONDS_A_MINUTE)} min`;
}

/** How long it lasts, as a player says it: 0:08, 1:02:30. */
export function describeLength(seconds: number): string {
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / SECONDS_AN_HOUR);
  const minutes = Math.floor(whole / SECONDS_A_MINUTE) % 60;
  const end = twoDigits(whole % SECONDS_A_MINUTE);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${end}` : `${minutes}:${end}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
