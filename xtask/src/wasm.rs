//! The wasm modules: one crate, three sets of features.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use walrus::{ElementItems, FunctionBuilder};
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::node;
use crate::process::{capture, cargo, run, step};
use crate::repo;
use crate::rust::{self, Std, WASM};
use crate::stamp::Stamp;

/// A wasm module and the features it is built with.
pub struct Module {
    /// Its name in `target/pkg-build/` and in the entry points' imports.
    pub name: &'static str,
    /// The features of the crate, as cargo takes them.
    pub features: &'static str,
}

/// The modules of the npm package.
pub const MODULES: [Module; 3] = [
    Module { name: "checkout", features: "widget" },
    Module { name: "validators", features: "validators" },
    Module { name: "server", features: "server,validators" },
];

/// What rustc emits for this target: wasm-opt refuses a module whose features it was not told.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Functions called once are not merged into their caller beyond this size: larger ones make the module
/// shorter but compress worse, 4 % with brotli. Nothing lies in the lowest kilobyte: the stack, which ends
/// there, has overflown before.
const OPTIMISATION: [&str; 5] = [
    "-Oz",
    "--converge",
    "--one-caller-inline-max-function-size=20",
    "--always-inline-max-function-size=1",
    "--low-memory-unused",
];

/// No text in panics, and of the machine that compiles no path in the module.
const LEAN_CODE: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none";

/// Compiles the standard library too, made for size.
const COMPILE_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// What a compiled module depends on.
const SOURCES: [&str; 5] = ["src", "Cargo.toml", "Cargo.lock", "package-lock.json", "xtask/src/wasm.rs"];

/// What the steps after the compiler depend on, beside its output.
const RECIPE: [&str; 3] = ["Cargo.lock", "package-lock.json", "xtask/src/wasm.rs"];

/// Builds `module` into its directory of `target/pkg-build/`: `NAME.js`, `NAME.d.ts`, `NAME.wasm`.
///
/// Cargo keeps one build of a cdylib, whatever its features, and so would compile every module each
/// time. It is asked only where a source changed, and the rest is done only where its output did.
pub fn build(module: &Module, std: Std) -> Result<()> {
    let directory = repo::glue(module.name)?;
    fs::create_dir_all(&directory)?;
    let sources = Stamp::new(directory.join("sources.stamp"), &inputs(&SOURCES))?
        .and(&format!("{}{std:?}", rust::version()?));
    if sources.is_current() {
        return Ok(());
    }
    step(&format!("compiling the wasm module {}", module.name));
    let compiled = compile(module, std).or_else(|error| without_compiled_std(module, std, error))?;
    let mut recipe = inputs(&RECIPE);
    recipe.push(compiled.clone());
    let output = Stamp::new(directory.join("output.stamp"), &recipe)?;
    if !output.is_current() {
        step(&format!("optimising the wasm module {}", module.name));
        bind(module, &compiled, &directory)?;
        optimise(module, &directory)?;
        output.write()?;
    }
    sources.write()
}

/// Builds `module` with the names of its functions, neither optimised nor for use, and returns its path.
pub fn build_named(module: &Module, std: Std) -> Result<PathBuf> {
    let compiled = compile(module, std)?;
    let directory = repo::target()?.join("named");
    Bindgen::new().input_path(compiled).out_name(module.name).web(true)?.generate(&directory)?;
    Ok(directory.join(format!("{}_bg.wasm", module.name)))
}

fn inputs(paths: &[&str]) -> Vec<PathBuf> {
    paths.iter().map(|path| repo::root().join(path)).collect()
}

/// With the standard library made for size panics carry no text: a tenth less to download. The switches
/// are not stable, so the compiler is told to accept them here and nowhere else.
fn compile(module: &Module, std: Std) -> Result<PathBuf> {
    let package = ["build", "--package", "efecty-checkout", "--lib", "--profile", "wasm"];
    let mut build = cargo(&package);
    build.args(["--target", WASM, "--features", module.features]);
    if std == Std::Compiled {
        build.args(COMPILE_STD).env("RUSTC_BOOTSTRAP", "1");
        build.env("RUSTFLAGS", LEAN_CODE);
    }
    run(&mut build)?;
    Ok(repo::target()?.join(WASM).join("wasm").join("efecty_checkout.wasm"))
}

/// The same with the prebuilt standard library: another compiler may not know the switches that are not
/// stable, and the library's own dependencies may be out of reach.
fn without_compiled_std(module: &Module, std: Std, error: anyhow::Error) -> Result<PathBuf> {
    if std == Std::Prebuilt {
        return Err(error);
    }
    step(&format!("{error}; with the prebuilt standard library, larger:"));
    compile(module, Std::Prebuilt)
}

fn bind(module: &Module, compiled: &Path, directory: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    let output = bindgen
        .input_path(compiled)
        .out_name(module.name)
        .web(true)?
        // No `import.meta` in the output: bundlers would look for a file that is not there.
        .omit_default_module_path(true)
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output();
    let mut output = output.with_context(|| format!("wasm-bindgen on the module {}", module.name))?;
    let glue = shorten_imports(&mut output);
    empty_shims(output.wasm_mut());
    output.emit(directory)?;
    fs::write(directory.join(format!("{}.js", module.name)), glue)?;
    fs::write(directory.join(format!("{}.d.ts", module.name)), declarations(module, compiled)?)?;
    Ok(())
}

/// Numbers the module's imports, whose names end in a hash that nothing compresses, and returns the
/// generated JavaScript with the same names.
fn shorten_imports(output: &mut Output) -> String {
    let mut glue = output.js().to_owned();
    for (i, import) in output.wasm_mut().imports.iter_mut().enumerate() {
        let name = format!("_{i}");
        glue = glue.replace(&format!("{}: function", import.name), &format!("{name}: function"));
        import.name = name;
    }
    glue
}

/// Takes out of the function table what calls closures of js-sys that nothing makes.
///
/// Only the descriptions that wasm-bindgen has interpreted and removed point there; JavaScript calls the
/// ones in use by their exports.
fn empty_shims(module: &mut walrus::Module) {
    let trap = {
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
        builder.func_body().unreachable();
        builder.finish(vec![], &mut module.funcs)
    };
    let is_shim = |name: &str| name.contains("convert::closures") && name.contains("::invoke");
    let functions = &module.funcs;
    for element in module.elements.iter_mut() {
        let ElementItems::Functions(items) = &mut element.items else { continue };
        for item in items {
            if functions.get(*item).name.as_deref().is_some_and(is_shim) {
                *item = trap;
            }
        }
    }
    walrus::passes::gc::run(module);
}

/// The TypeScript declarations of the exports alone, without the functions that load the module:
/// those of the target `bundler`, which has none.
fn declarations(module: &Module, compiled: &Path) -> Result<String> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name(module.name).bundler(true)?.typescript(true);
    let output = bindgen.generate_output()?;
    Ok(output.ts().unwrap_or_default().to_owned())
}

fn optimise(module: &Module, directory: &Path) -> Result<()> {
    let bound = directory.join(format!("{}_bg.wasm", module.name));
    let optimised = directory.join(format!("{}.wasm", module.name));
    let mut wasm_opt = node::script("node_modules/binaryen/bin/wasm-opt");
    wasm_opt.args(OPTIMISATION).args(WASM_FEATURES).arg(&bound).arg("-o").arg(&optimised);
    capture(&mut wasm_opt)?;
    Ok(())
}
