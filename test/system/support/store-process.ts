import { ServiceProcess, type ServiceOptions } from './service-process.js';

export type { Exit, LogLine } from './service-process.js';
export type StoreOptions = Omit<ServiceOptions, 'service'>;

/** The store: the service that is started where none is named. */
export const StoreProcess = ServiceProcess;
export type StoreProcess = ServiceProcess;
