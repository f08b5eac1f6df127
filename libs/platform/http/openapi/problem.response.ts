import { ApiProperty } from '#platform/api-docs';

export class FieldFaultResponse {
  @ApiProperty({
    description: 'JSON Pointer to the field, as a URI fragment.',
    example: '#/price/amount',
    maxLength: 120,
  })
  pointer!: string;

  @ApiProperty({ example: 'must be an integer', maxLength: 120 })
  detail!: string;
}

/** RFC 9457 problem details, as every error is answered. */
export class ProblemResponse {
  @ApiProperty({ format: 'uri', example: 'urn:problem-type:catalog.sku-taken', maxLength: 120 })
  type!: string;

  @ApiProperty({ example: 'The SKU is taken', maxLength: 120 })
  title!: string;

  @ApiProperty({ type: 'integer', format: 'int32', minimum: 400, maximum: 599, example: 409 })
  status!: number;

  @ApiProperty({ example: 'Another product has the SKU MUG-350.', maxLength: 300 })
  detail!: string;

  @ApiProperty({ description: 'The path of the request.', example: '/v1/products', maxLength: 256 })
  instance!: string;

  @ApiProperty({
    description: 'Stable: branch on this. All codes: docs/errors.md.',
    example: 'catalog.sku-taken',
    maxLength: 80,
  })
  code!: string;

  @ApiProperty({ example: '0198c5a0-6f0a-7c0e-9d55-0d6f9b1c2e3f', maxLength: 128 })
  requestId!: string;

  @ApiProperty({ pattern: '^[0-9a-f]{32}$', example: '4bf92f3577b34da6a3ce929d0e0e4736', maxLength: 32 })
  traceId!: string;

  @ApiProperty({ type: [FieldFaultResponse], required: false, maxItems: 20, description: 'Each field at fault.' })
  errors?: FieldFaultResponse[];
}
