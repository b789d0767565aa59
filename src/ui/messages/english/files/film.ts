/** What the page says of films: what they show, and whose faces they cover. */
export const filmMessages = {
  filmView: '3-D room from',
  filmViews: {
    front: 'The front',
    angled: '¾ view',
    side: 'The side',
    top: 'Above',
    seen: 'As I see it now',
  },
  filmStyle: 'Layout',
  filmStyles: {
    overlay: 'Skeletons on the picture',
    black: 'Skeletons on black',
    room: 'Picture and 3‑D room',
  },
  background: 'Background',
  backgrounds: { kept: 'As it is', blurred: 'Blurred', black: 'Black', none: 'Left out (transparent)' },
  backgroundHint:
    'People are cut out along their masks, which have to be in the recording: switch “Person mask” on before you track. Only PNG and WebM can be transparent.',
  cover: 'Faces',
  covers: {
    shown: 'Shown',
    pixelated: 'Coarse blocks',
    blurred: 'Blurred',
    filled: 'Covered in grey',
  },
  coverWho: 'Whose',
  coverPeople: {
    everybody: 'Everybody’s',
    followed: 'Only of the person followed',
    others: 'All but the person followed',
  },
  coverLimits:
    'People whom the tracker never finds aren’t covered, and voices stay: look through the film before you share it.',
} as const;
