/**
 * A model in MoveNet's form (its input, its output, TensorFlow.js' graph model) that finds the same keypoints in every
 * picture: in a diagonal of the square that it gets, each with the score 0.9.
 */
export function moveNetFiles(): { name: string; bytes: Buffer }[] {
  const keypoints = new Float32Array(17 * 3);
  for (let i = 0; i < 17; i++) keypoints.set([0.3 + i * 0.02, 0.3 + i * 0.02, 0.9], i * 3);
  const zero = new Float32Array(1);
  const axes = Int32Array.of(1, 2, 3);
  const bytes = Buffer.concat([keypoints, zero, axes].map((values) => Buffer.from(values.buffer)));
  const shape = (sizes: readonly number[]) => ({ dim: sizes.map((size) => ({ size: String(size) })) });
  const constant = (name: string, dtype: string, sizes: readonly number[]) => ({
    name,
    op: 'Const',
    input: [],
    attr: { dtype: { type: dtype }, value: { tensor: { dtype, tensorShape: shape(sizes) } } },
  });
  const float = { T: { type: 'DT_FLOAT' } };
  const node = [
    {
      name: 'input',
      op: 'Placeholder',
      input: [],
      attr: { dtype: { type: 'DT_INT32' }, shape: { shape: shape([1, 192, 192, 3]) } },
    },
    constant('keypoints', 'DT_FLOAT', [1, 1, 17, 3]),
    constant('zero', 'DT_FLOAT', [1]),
    constant('axes', 'DT_INT32', [3]),
    {
      name: 'float',
      op: 'Cast',
      input: ['input'],
      attr: { SrcT: { type: 'DT_INT32' }, DstT: { type: 'DT_FLOAT' } },
    },
    { name: 'mean', op: 'Mean', input: ['float', 'axes'], attr: { ...float, keep_dims: { b: true } } },
    { name: 'nothing', op: 'Mul', input: ['mean', 'zero'], attr: float },
    { name: 'sum', op: 'AddV2', input: ['keypoints', 'nothing'], attr: float },
    { name: 'Identity', op: 'Identity', input: ['sum'], attr: float },
  ];
  const tensor = (name: string, dtype: string, sizes: readonly number[]) => ({
    [name]: { name, dtype, tensorShape: shape(sizes) },
  });
  const model = {
    format: 'graph-model',
    generatedBy: 'a test',
    convertedBy: 'a test',
    signature: {
      inputs: tensor('input:0', 'DT_INT32', [1, 192, 192, 3]),
      outputs: tensor('Identity:0', 'DT_FLOAT', [1, 1, 17, 3]),
    },
    modelTopology: { node, library: {}, versions: { producer: 987 } },
    weightsManifest: [
      {
        paths: ['group1-shard1of1.bin'],
        weights: [
          { name: 'keypoints', shape: [1, 1, 17, 3], dtype: 'float32' },
          { name: 'zero', shape: [1], dtype: 'float32' },
          { name: 'axes', shape: [3], dtype: 'int32' },
        ],
      },
    ],
  };
  return [
    { name: 'model.json', bytes: Buffer.from(JSON.stringify(model)) },
    { name: 'group1-shard1of1.bin', bytes },
  ];
}
