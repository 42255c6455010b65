import { mark } from '../traced/marks';
import { stringAt, type Origin } from '../traced/traced';
import { flatParameter, type Parameters } from './parameters';

/**
 * Renders a text of an ApplicationSet without `goTemplate`: `{{path.basename}}`. What is not known stays as it is.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Template/
 */
export function fastTemplate(
  text: string,
  parameters: Parameters,
  marks: Array<Origin | undefined>,
): string {
  return text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (whole, name: string) => {
    const found = flatParameter(parameters, name);
    const value = stringAt(found, []);
    return value === undefined ? whole : mark(value, found?.origin, marks);
  });
}
