import { digestPattern } from '../tenantFile/tenantImage';
import { imageForm } from './imageForm';
import { parseImage } from './imageReference';
import { tagForm } from './tagForm';
import type { VersionForm } from './version';

/** A value in a file that is no YAML: a version, or an image with one. */
export const textForm: VersionForm = {
  read: text => (isImage(text) ? imageForm : tagForm).read(text),
  write: (text, version) => (isImage(text) ? imageForm : tagForm).write(text, version),
};

function isImage(text: string): boolean {
  const image = digestPattern.test(text) ? undefined : parseImage(text);
  return image?.tag !== undefined || (image?.digest !== undefined && image.name.includes('/'));
}
