#!/usr/bin/env python3
"""k10 with torchvision, the plainest way; what lies beyond the picture is black, since RandomAffine has no border."""

import functools

import peer


def version():
    try:
        import torchvision
    except ImportError:
        return None
    return torchvision.__version__


@functools.cache
def transform():
    import torch
    from torchvision import transforms
    torch.set_num_threads(1)
    return transforms.Compose([
        transforms.RandomHorizontalFlip(),
        transforms.RandomAffine(20, translate=(0.1, 0.1), scale=(0.8, 1.2), shear=6,
                                interpolation=transforms.InterpolationMode.BILINEAR),
        transforms.ColorJitter(brightness=0.2, contrast=0.2)])


def augment(image, stem, copies):
    from PIL import Image
    with Image.open(image) as file:
        pixels = file.convert("RGB")
    for copy in range(copies):
        transform()(pixels).save(f"{stem}_{copy}.jpg", quality=95, subsampling=2)


if __name__ == "__main__":
    peer.main(version, augment)
