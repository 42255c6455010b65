/** Where the verification tools are kept. */
import path from 'node:path';
import { toolsDir } from '../paths.mjs';

export const pythonDir = path.join(toolsDir, 'python');
export const goDir = path.join(toolsDir, 'go');
export const schemasDir = path.join(toolsDir, 'schemas');
