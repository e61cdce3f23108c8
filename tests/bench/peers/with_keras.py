#!/usr/bin/env python3
"""k10 with Keras' ImageDataGenerator and save_to_dir, as its tutorials show it.

It zooms the two axes on their own and has no contrast. save_to_dir takes no quality, so JPEGs have Pillow's 75, which is
cheaper to encode than the 95 of the others, and it stretches each image to the full range of code values."""

import functools

import peer


def version():
    try:
        import scipy.ndimage  # Keras fails without it, but only when it turns the first image
        import keras_preprocessing
    except ImportError:
        return None
    return keras_preprocessing.__version__


@functools.cache
def generator():
    from keras_preprocessing.image import ImageDataGenerator
    return ImageDataGenerator(rotation_range=20, width_shift_range=0.1, height_shift_range=0.1, shear_range=6,
                              zoom_range=0.2, brightness_range=(0.8, 1.2), horizontal_flip=True, fill_mode="nearest")


def augment(image, stem, copies):
    from keras_preprocessing.image import img_to_array, load_img
    pixels = img_to_array(load_img(image))[None]
    for copy in range(copies):
        # A prefix for each copy: to the prefix Keras adds one of 10,000 random numbers, and what has the same is lost.
        next(generator().flow(pixels, batch_size=1, save_to_dir=stem.parent, save_prefix=f"{stem.name}_{copy}",
                              save_format="jpeg"))


if __name__ == "__main__":
    peer.main(version, augment)
