import { KubernetesObject } from '../../model/objects';

/** A duration as kubectl writes it: 42s, 3m10s, 2h, 5d. `seconds` is not negative. */
export function humanDuration(seconds: number): string {
  if (seconds < 120) {
    return `${Math.floor(seconds)}s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) {
    const rest = Math.floor(seconds % 60);
    return rest === 0 ? `${minutes}m` : `${minutes}m${rest}s`;
  }
  if (minutes < 180) {
    return `${minutes}m`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 8) {
    const rest = minutes % 60;
    return rest === 0 ? `${hours}h` : `${hours}h${rest}m`;
  }
  if (hours < 48) {
    return `${hours}h`;
  }
  const days = Math.floor(hours / 24);
  return days < 8 && hours % 24 !== 0 ? `${days}d${hours % 24}h` : `${days}d`;
}

/** The time from an RFC 3339 instant to now (milliseconds since 1970). */
export function ageSince(instant: string, now: number): string {
  return humanDuration(Math.max(0, (now - Date.parse(instant)) / 1000));
}

/** How old an object is. */
export function age(object: KubernetesObject, now: number): string {
  return ageSince(object.metadata.creationTimestamp, now);
}
