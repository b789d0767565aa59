/** What people call a codec, by how files name it: MP4 and MOV (mp4ra.org, QuickTime), AVI (FourCC), Matroska (RFC 9559). */
const NAMES: readonly (readonly [name: string, ids: RegExp])[] = [
  ['H.264', /^(avc[1-4]|h264|x264|davc|v_mpeg4\/iso\/avc)/i],
  ['H.265 (HEVC)', /^(hvc1|hev1|dvh1|dvhe|h265|hevc|v_mpegh\/iso\/hevc)/i],
  ['H.266 (VVC)', /^(vvc1|vvi1)/i],
  ['AV1', /^(av01|v_av1)/i],
  ['VP8', /^(vp8|vp08|v_vp8)/i],
  ['VP9', /^(vp9|vp09|v_vp9)/i],
  ['VP6 (Flash)', /^(vp6|flv4)/i],
  ['ProRes', /^(apco|apcs|apcn|apch|ap4h|ap4x|v_prores)/i],
  ['ProRes RAW', /^(aprn|aprh)/i],
  ['DNxHD or DNxHR', /^(avdn|avdh)/i],
  ['GoPro CineForm', /^cfhd/i],
  ['MPEG-4 Part 2 (also called Xvid or DivX)', /^(mp4v|xvid|divx|dx50|fmp4|m4s2|v_mpeg4\/iso\/(sp|asp|ap))/i],
  ['MS-MPEG-4 (DivX 3)', /^(div[3-6]|mp4[123]|mpg4|v_mpeg4\/ms)/i],
  ['JPEG 2000', /^(mj2|mjp2)/i],
  ['Motion JPEG', /^(jpeg|mjp[abg]|dmb1|avrn|v_mjpeg)/i],
  ['MPEG-1', /^(m1v|mpg1|v_mpeg1)/i],
  ['MPEG-2', /^(m2v|mpg2|mx[345][np]|xd[v5h]|hdv|v_mpeg2)/i],
  ['DV', /^(dv[chp1]|dvcp|dvhd|dvsd)/i],
  ['VC-1 (Windows Media Video 9)', /^(vc-1|wvc1|wmv[3a])/i],
  ['Windows Media Video', /^wmv/i],
  ['Theora', /^(theo|v_theora)/i],
  ['H.263', /^(h263|s263|u263|flv1)/i],
  ['H.261', /^h261/i],
  ['Sorenson Video', /^(svq[13]|spark)/i],
  ['Cinepak', /^cvid/i],
  ['Indeo', /^(iv[3-5]|rt21)/i],
  ['RealVideo', /^(rv[1-4]0|v_real)/i],
  ['QuickTime Animation', /^rle /i],
  ['PNG pictures', /^(png|mpng)/i],
  ['HuffYUV', /^(hfyu|ffvh)/i],
  ['FFV1', /^(ffv1|v_ffv1)/i],
  ['Ut Video', /^(ul[ry]|uq[ry])/i],
  [
    'uncompressed pictures',
    /^(raw |2vuy|yuv2|yuvs|v210|v216|v308|v408|v410|r210|uyvy|yuy2|yv12|i420|v_uncompressed)/i,
  ],
];

/** How a file says that what is in it is Video for Windows: its FourCC is what counts. */
export const VIDEO_FOR_WINDOWS = 'V_MS/VFW/FOURCC';

/** What people call a codec, with the file's own word for it; that word by itself where nobody calls it anything. */
export function nameOfCodec(id: string): string {
  const name = NAMES.find(([, ids]) => ids.test(id))?.[0];
  const word = id.trim();
  return name ? `${name}, “${word}”` : `“${word}”`;
}

/** Streams of an MPEG transport stream that show pictures, by their type (ISO/IEC 13818-1, table 2-34; SMPTE RP 227). */
export const TRANSPORT_VIDEO: Readonly<Record<number, string>> = {
  1: 'MPEG-1',
  2: 'MPEG-2',
  16: 'MPEG-4 Part 2',
  33: 'JPEG 2000',
  51: 'H.266 (VVC)',
  66: 'AVS',
  209: 'Dirac',
  210: 'AVS2',
  212: 'AVS3',
  234: 'VC-1',
};

/** What an `mp4v` holds, by the number of its object (ISO/IEC 14496-1, table 5; mp4ra.org). */
export const MPEG4_OBJECTS: Readonly<Record<number, string>> = {
  32: 'MPEG-4 Part 2 (also called Xvid or DivX)',
  96: 'MPEG-2',
  97: 'MPEG-2',
  98: 'MPEG-2',
  99: 'MPEG-2',
  100: 'MPEG-2',
  101: 'MPEG-2',
  106: 'MPEG-1',
  108: 'Motion JPEG',
  109: 'PNG pictures',
  110: 'JPEG 2000',
  163: 'VC-1',
  164: 'Dirac',
};
