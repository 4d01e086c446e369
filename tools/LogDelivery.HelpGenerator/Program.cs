using System.Reflection;
using System.Text;
using LogDelivery.HelpGenerator;

if (args is not [var assemblyPath, var automationPath, var docs, var output])
{
    Console.Error.WriteLine("usage: LogDelivery.HelpGenerator COMMANDS.dll System.Management.Automation.dll DOCS-FOLDER OUTPUT.xml");
    return 2;
}

var folder = Path.GetDirectoryName(Path.GetFullPath(assemblyPath))!;
AppDomain.CurrentDomain.AssemblyResolve += (_, request) => new AssemblyName(request.Name).Name switch
{
    "System.Management.Automation" => Assembly.LoadFrom(automationPath),
    var name when File.Exists(Path.Combine(folder, $"{name}.dll")) => Assembly.LoadFrom(Path.Combine(folder, $"{name}.dll")),
    _ => null,
};

var errors = new List<string>();
var shared = HelpPage.Read(Path.Combine(docs, "shared-parameters.md"));
var cmdlets = CmdletInfo.Find(Assembly.LoadFrom(Path.GetFullPath(assemblyPath)));
var maml = new MamlWriter(shared, errors).Write(cmdlets.Select(c => (c, HelpPage.Read(Path.Combine(docs, $"{c.Name}.md")))));
foreach (var error in errors)
{
    // In the form that MSBuild recognizes.
    Console.Error.WriteLine(error);
}

if (errors.Count > 0)
{
    return 1;
}

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
File.WriteAllText(output, maml, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
return 0;
