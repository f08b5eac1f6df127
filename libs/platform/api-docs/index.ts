export {
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiResponse,
  ApiTags,
  describedLibrary,
  type ApiPropertyOptions,
  type ApiResponseMetadata,
  type OpenAPIObject,
} from './descriptions.js';
