"""x"""
async def keep_promises(*, quick: bool) -> bool:
    return True
