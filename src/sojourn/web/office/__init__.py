"""What programme and regional offices see and do: counts, never people."""
