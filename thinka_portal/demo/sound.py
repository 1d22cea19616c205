"""Makes a short gong: a real sound file of our own, without anybody's rights on it."""

import io
import math
import struct
import wave

RATE = 16_000  # samples per second
_STEP = 0.35  # seconds from one note to the next
_RING = 1.6  # seconds that a note rings


def gong(notes: list[float]) -> bytes:
    """Return a mono WAV file (16 bit) in which the `notes` (in hertz) sound one after the other."""
    total = int(RATE * (_STEP * (len(notes) - 1) + _RING))
    samples = [0.0] * total
    for index, hertz in enumerate(notes):
        first = int(RATE * _STEP * index)
        for n in range(min(int(RATE * _RING), total - first)):
            seconds = n / RATE
            # A soft start avoids a click; the second partial makes it a bell instead of a beep.
            loudness = min(1.0, seconds / 0.01) * math.exp(-3.5 * seconds)
            tone = math.sin(2 * math.pi * hertz * seconds) + 0.3 * math.sin(4 * math.pi * hertz * seconds)
            samples[first + n] += loudness * tone
    peak = max(abs(sample) for sample in samples)
    frames = struct.pack(f"<{total}h", *(int(0.6 * 32767 * sample / peak) for sample in samples))
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames)
    return buffer.getvalue()
