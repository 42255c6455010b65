/** Where the verification tools and what they work on are kept. */
import path from 'node:path';
import { toolsDir } from '../paths.mjs';

export const pythonDir = path.join(toolsDir, 'python');
export const goDir = path.join(toolsDir, 'go');
export const schemasDir = path.join(toolsDir, 'schemas');
/** What is verified, laid out as in the checkout, with the rendered manifests beside it: scanners want one folder. */
export const stageDir = path.join(toolsDir, 'verify');
/** Helm's and Kustomize's output: a folder for each scenario, of what is applied together. */
export const renderedDir = path.join(stageDir, 'rendered');
