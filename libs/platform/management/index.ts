export { createManagementServer, type Managed } from './management-server.js';
export { ManagementSettings } from './management.settings.js';
export { serviceInfo, type ServiceInfo } from './service-info.js';
