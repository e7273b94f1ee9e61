/** How much of a sound is one tone, and how loud it all is. */
export interface ToneReading {
  /** Of the full scale, 0..1. */
  readonly rms: number;
  /** Part of the energy at the frequency asked for, 0..1. */
  readonly share: number;
}

/** @param offset of the first sample since the tone began, so that pieces join without a click */
export function writeTone(
  samples: Int16Array,
  frequencyHz: number,
  rateHz: number,
  offset: number,
): void {
  const amplitude = 0.4 * 32_767;
  for (let i = 0; i < samples.length; i++) {
    samples[i] = amplitude * Math.sin((2 * Math.PI * frequencyHz * (offset + i)) / rateHz);
  }
}

/** The Goertzel algorithm: the energy of one frequency, without the others. */
export function readTone(samples: Int16Array, frequencyHz: number, rateHz: number): ToneReading {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / rateHz);
  let energy = 0;
  let before = 0;
  let beforeThat = 0;
  for (const sample of samples) {
    const value = sample / 32_768;
    energy += value * value;
    const state = value + coefficient * before - beforeThat;
    beforeThat = before;
    before = state;
  }
  if (energy === 0) return { rms: 0, share: 0 };
  const power = before ** 2 + beforeThat ** 2 - coefficient * before * beforeThat;
  const share = power / (samples.length / 2) / energy;
  return { rms: Math.sqrt(energy / samples.length), share };
}
