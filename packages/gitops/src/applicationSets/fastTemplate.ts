import { mark } from '../traced/marks';
import type { Origin } from '../traced/traced';
import { text as printed } from './goFunctions';
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
  return text.replace(/\{\{([^{}]*)\}\}/g, (whole, name: string) => {
    const found = flatParameter(parameters, name.trim());
    if (found === undefined || found.value === null) return whole;
    return mark(printed(found.value), found.origin, marks);
  });
}
