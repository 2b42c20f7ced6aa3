pnpm tour transfer
