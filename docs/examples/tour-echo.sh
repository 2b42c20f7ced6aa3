pnpm tour echo
