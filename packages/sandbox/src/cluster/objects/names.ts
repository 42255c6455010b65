/** Letters and digits that Kubernetes uses for generated names and hashes: no vowels, so no words. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** The suffix of a generated name: five characters. */
export function randomSuffix(random: () => number): string {
  return Array.from({ length: 5 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}

/** A name from generateName; long prefixes are cut so that the name stays within 63 characters. */
export function generateName(prefix: string, random: () => number): string {
  return `${prefix.slice(0, 58)}${randomSuffix(random)}`;
}

/** FNV-1a, 32 bits, written in {@link alphabet}: how pod-template-hash looks. */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return [...String(hash)].map(digit => alphabet[digit.charCodeAt(0) % alphabet.length]).join('');
}
