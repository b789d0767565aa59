import {
  type BufferGeometry,
  Color,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedMesh,
  type Material,
  type Matrix4,
  MeshDepthMaterial,
  type MeshStandardMaterial,
  RGBADepthPacking,
} from 'three';

/** Instances of a shape, each with a place, a colour, and how thick its end is beside its beginning. */
export class FigureInstances {
  readonly mesh: InstancedMesh<BufferGeometry, Material>;
  /** Draws where they are only, so that of those that cover one another the nearest is seen; `null`: they are opaque. */
  readonly depth: InstancedMesh<BufferGeometry, Material> | null;
  readonly #taper: InstancedBufferAttribute;
  readonly #capacity: number;
  #count = 0;

  /**
   * @param geometry of height 1 along y about its middle, if its instances taper
   * @param material is theirs from now on
   */
  constructor(geometry: BufferGeometry, material: MeshStandardMaterial, capacity: number) {
    this.#capacity = capacity;
    this.#taper = new InstancedBufferAttribute(new Float32Array(capacity), 1);
    this.#taper.setUsage(DynamicDrawUsage);
    geometry.setAttribute('taper', this.#taper);
    this.mesh = new InstancedMesh(geometry, taper(material), capacity);
    this.mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    this.mesh.frustumCulled = false;
    // Made once here, so that the shader is built with colours from the start.
    this.mesh.setColorAt(0, new Color(1, 1, 1));
    this.mesh.count = 0;
    this.mesh.customDepthMaterial = taper(new MeshDepthMaterial({ depthPacking: RGBADepthPacking }));
    this.depth = material.transparent ? this.#createDepth(geometry) : null;
  }

  clear(): void {
    this.#count = 0;
  }

  /** @param taper the end's radius over that of the beginning */
  add(matrix: Matrix4, color: Color, taper = 1): void {
    if (this.#count >= this.#capacity) return;
    this.mesh.setMatrixAt(this.#count, matrix);
    this.mesh.setColorAt(this.#count, color);
    this.#taper.array[this.#count++] = taper;
  }

  /** Sends only what is used to the GPU. */
  finish(): void {
    this.mesh.count = this.#count;
    if (this.depth) this.depth.count = this.#count;
    for (const attribute of [this.mesh.instanceMatrix, this.mesh.instanceColor, this.#taper]) {
      if (!attribute || this.#count === 0) continue;
      attribute.clearUpdateRanges();
      attribute.addUpdateRange(0, this.#count * attribute.itemSize);
      attribute.needsUpdate = true;
    }
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.mesh.customDepthMaterial?.dispose();
    this.mesh.dispose();
    this.depth?.material.dispose();
  }

  #createDepth(geometry: BufferGeometry): InstancedMesh<BufferGeometry, Material> {
    const material = taper(new MeshDepthMaterial());
    material.colorWrite = false;
    // Among what is translucent, which is drawn after all that isn't: ghosts never hide anybody.
    material.transparent = true;
    const depth = new InstancedMesh(geometry, material, 0);
    depth.instanceMatrix = this.mesh.instanceMatrix;
    depth.frustumCulled = false;
    depth.renderOrder = 1;
    this.mesh.renderOrder = 2;
    return depth;
  }
}

/** Has a material's vertices drawn in towards the end of their instance. */
function taper<Kind extends Material>(material: Kind): Kind {
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nattribute float taper;')
      .replace(
        '#include <begin_vertex>',
        '#include <begin_vertex>\ntransformed.xz *= mix( 1.0, taper, clamp( position.y + 0.5, 0.0, 1.0 ) );',
      );
  };
  material.customProgramCacheKey = () => 'taper';
  return material;
}
