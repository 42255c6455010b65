export * from './conventions';
export * from './sources';
export * from './specs';
export * from './status';
