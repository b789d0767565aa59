/* What tests use of readers that other people have made. */

/** Khronos' validator of glTF files, which brings no types. */
declare module 'gltf-validator' {
  export interface ValidationReport {
    readonly issues: {
      readonly numErrors: number;
      readonly messages: readonly { readonly code: string; readonly message: string }[];
    };
    readonly info: {
      readonly version: string;
      readonly animationCount: number;
      readonly hasSkins: boolean;
    };
  }

  const validator: {
    validateBytes(bytes: Uint8Array, options?: { readonly format?: 'glb' }): Promise<ValidationReport>;
  };
  export default validator;
}

/** The reader of sign-language-processing/pose, whose own types lack the number of people. */
declare module 'pose-format' {
  export interface PosePointModel {
    readonly X: number;
    readonly Y: number;
    readonly Z?: number;
    readonly C?: number;
  }

  export class Pose {
    static from(buffer: Buffer): Pose;
    readonly header: {
      readonly version: number;
      readonly width: number;
      readonly height: number;
      readonly components: readonly {
        readonly name: string;
        readonly format: string;
        readonly points: readonly string[];
        readonly limbs: readonly { readonly from: number; readonly to: number }[];
      }[];
    };
    readonly body: {
      readonly fps: number;
      readonly _frames: number;
      /** From version 0.1 on. */
      readonly _people?: number;
      readonly frames: Readonly<
        Record<number, { readonly people: readonly Readonly<Record<string, readonly PosePointModel[]>>[] }>
      >;
    };
  }
}
