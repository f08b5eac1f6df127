export { BackgroundWork } from './background-work.js';
export { BackgroundWorks } from './background-works.js';
export { ConnectionDrain } from './connection-drain.js';
export { Lifecycle, type Phase } from './lifecycle.js';
export { LifecycleSettings } from './lifecycle.settings.js';
export { listenToProcess } from './process-events.js';
export { Shutdown, type ShutdownOptions, type Stoppable } from './shutdown.js';
export { Sweeper, type SweepPolicy } from './sweeper.js';
