export { errorTypeOf } from './error-type.js';
export {
  activeTraceParent,
  currentSpanId,
  currentTraceParent,
  inSpan,
  isRecording,
  keepingTrace,
  traceHeaders,
} from './spans.js';
export {
  activeTracer,
  type EntrySpan,
  type RunningSpan,
  type SpanAttributes,
  type SpanDescription,
  type SpanEnd,
  type WorkFailure,
} from './tracer.js';
export { TracingModule } from './tracing.module.js';
export { TracingSettings } from './tracing.settings.js';
